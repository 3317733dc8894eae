/** Plain text in columns. Lengths are counted in what a reader takes for one letter. */

const segmenter = new Intl.Segmenter();

const lettersOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Letters of a text. */
export const lengthOf = (text: string): number => lettersOf(text).length;

/** Line breaks, control characters and those that turn the direction of writing would forge the table. */
export const plain = (text: string): string =>
  // All but the two that join letters, which some scripts need.
  text.replaceAll(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');

/** Breaks a text into lines between its words; a word that is longer than a line is broken. */
export const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (lengthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const letters = lettersOf(word);
    while (letters.length > width) lines.push(letters.splice(0, width).join(''));
    line = letters.join('');
  }
  return [...lines, line];
};

/** Fills a text up with spaces. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - lengthOf(text)));
