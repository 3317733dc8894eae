import { createHash } from 'node:crypto';

/**
 * Reads out the value under the pointer. The page is complete without it: a browser that runs no scripts, or a
 * printer, misses nothing.
 */
export const SCRIPT = `
for (const chart of document.querySelectorAll('.chart[data-labels]')) {
  const labels = JSON.parse(chart.dataset.labels);
  const columns = Number(chart.dataset.columns);
  const rows = Math.ceil(labels.length / columns);
  const out = document.createElement('p');
  out.className = 'read-out';
  out.setAttribute('aria-hidden', 'true');
  chart.before(out);
  for (const svg of chart.querySelectorAll('svg[data-box]')) {
    const [x, y, width, height] = svg.dataset.box.split(' ').map(Number);
    const cursor = svg.querySelector('.cursor');
    const hide = () => { out.textContent = ''; cursor.setAttribute('width', 0); };
    const show = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const column = Math.floor(((at.x - x) / width) * columns);
      const row = Math.floor(((at.y - y) / height) * rows);
      if (column < 0 || column >= columns || row < 0 || row >= rows) return hide();
      out.textContent = labels[row * columns + column];
      cursor.setAttribute('x', x + (column * width) / columns);
      cursor.setAttribute('y', y + (row * height) / rows);
      cursor.setAttribute('width', Math.max(width / columns, 1.5));
      cursor.setAttribute('height', height / rows);
    };
    svg.addEventListener('pointermove', show);
    svg.addEventListener('pointerdown', show);
    svg.addEventListener('pointerleave', hide);
  }
}
`;

/** The page may run this script and no other, and load nothing at all. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
