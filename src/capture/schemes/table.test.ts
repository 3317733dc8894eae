import { describe, expect, it } from 'vitest';
import { StarlingError } from '../../contract/index.ts';
import { redactSource } from './redact.ts';
import { schemeOf } from './table.ts';

describe('a source is opened by its scheme', () => {
  const cases: readonly [source: string, form: RegExp][] = [
    ['rtsp://camera.local/stream2', /rtsp/],
    ['RTSP://me:pass%40word@10.0.0.7:8554/1?channel=1', /rtsp/],
    ['rtsps://camera.local/1', /rtsp/],
    ['rtsp://[::1]:554/1', /rtsp/],
    ['http://camera.local/video.mjpg', /http/],
    ['https://example.org/live/index.m3u8?token=1', /http/],
    ['v4l2:/dev/video0', /v4l2/],
    ['v4l2:/dev/v4l/by-id/usb-0', /v4l2/],
    ['recordings/night.mp4', /file/],
    ['/var/recordings/2026-01-01 12:00.mkv', /file/],
    ['C:\\recordings\\night.mp4', /file/],
    ['night:1.mp4', /file/],
    ['pictures/', /file/],
  ];
  it.each(cases)('%s', (source, form) => {
    expect(schemeOf('gate', source).form).toMatch(form);
  });
});

describe('what is refused, and why', () => {
  const cases: readonly [source: string, reason: RegExp][] = [
    ['', /empty/],
    ['  ', /empty/],
    ['rtsp:camera.local/1', /\/\//],
    ['rtsp://', /no host|no URL/],
    ['rtsp:///1', /no host/],
    ['rtsp://camera.local:notaport/1', /port/],
    ['http://camera.local:99999/', /port/],
    ['http://camera local/1', /space/],
    ['rtsp://camera.local/1\r\nX: y', /line break/],
    ['night\0.mp4', /control/],
    ['v4l2:', /device/],
    ['v4l2:video0', /device/],
    ['v4l2:/etc/passwd', /device/],
    ['v4l2:/dev/video0 -x', /device/],
    // FFmpeg knows more protocols than this; none of them is meant for a camera.
    ['rtmp://camera.local/live', /understood are rtsp/],
    ['file:///etc/passwd', /another kind/],
    ['concat://a|b', /another kind/],
    ['ftp://camera.local/x.mp4', /another kind/],
    ['sim://plaza', /another kind/],
  ];
  it.each(cases)('%j', (source, reason) => {
    expect(() => schemeOf('gate', source)).toThrow(StarlingError);
    expect(() => schemeOf('gate', source)).toThrow(reason);
    expect(() => schemeOf('gate', source)).toThrow(expect.objectContaining({ code: 'CAPTURE_BAD_SOURCE' }));
  });

  it('shows nothing of a source that may be secret', () => {
    for (const source of ['rtsp://me:hunter2@:554/', 'rtmp://me:hunter2@camera/1', 'http://me:hunter 2@camera/'])
      expect(() => schemeOf('gate', source)).not.toThrow(/hunter/);
  });
});

describe('a source as it is shown', () => {
  const cases: readonly [source: string, shown: string][] = [
    ['rtsp://camera.local/1', 'rtsp://camera.local/1'],
    ['rtsp://me:secret@camera.local/1', 'rtsp://…@camera.local/1'],
    ['rtsp://me@camera.local/1', 'rtsp://…@camera.local/1'],
    ['http://me:p@ss@camera.local/1', 'http://…@camera.local/1'],
    ['http://me:p/w?x#@camera.local/1', 'http://…@camera.local/1'],
    ['RTSPS://me:secret@camera.local', 'RTSPS://…@camera.local'],
    ['http://camera/v?token=abc&fps=5', 'http://camera/v?token=…&fps=5'],
    ['http://camera/v?fps=5&access_token=abc', 'http://camera/v?fps=5&access_token=…'],
    ['http://camera/v?user=me&pwd=abc#x', 'http://camera/v?user=…&pwd=…#x'],
    ['http://camera/v?ApiKey=abc&PASSWORD=d', 'http://camera/v?ApiKey=…&PASSWORD=…'],
    ['http://camera/v?a=1&auth=xyz', 'http://camera/v?a=1&auth=…'],
    // So some makers have it.
    ['rtsp://camera:554/user=admin&password=abc&channel=1', 'rtsp://camera:554/user=…&password=…&channel=1'],
    ['rtsp://camera:554/user=admin_password=abc_channel=1.sdp', 'rtsp://camera:554/user=…'],
    ['recordings/night.mp4', 'recordings/night.mp4'],
    ['', ''],
  ];
  it.each(cases)('%s', (source, shown) => {
    expect(redactSource(source)).toBe(shown);
  });
});
