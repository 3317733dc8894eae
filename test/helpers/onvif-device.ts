/**
 * What an ONVIF camera answers, as far as `starling discover` asks. A stand-in: no real camera can be had in a test.
 */
import { createSocket } from 'node:dgram';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

/** A stand-in for a camera. */
export interface OnvifDevice extends AsyncDisposable {
  /** Such as `127.0.0.1:40001`. */
  readonly address: string;
}

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" xmlns:trt="http://www.onvif.org/ver10/media/wsdl" xmlns:tt="http://www.onvif.org/ver10/schema"><s:Body>${body}</s:Body></s:Envelope>`;

const NOT_AUTHORIZED = envelope(
  '<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="en">Sender not Authorized</s:Text></s:Reason></s:Fault>',
);

const profile = (name: string, width: number, height: number): string =>
  `<trt:Profiles token="${name}"><tt:Name>${name}</tt:Name><tt:VideoSourceConfiguration token="v"><tt:Name>v</tt:Name><tt:SourceToken>s</tt:SourceToken></tt:VideoSourceConfiguration><tt:VideoEncoderConfiguration token="e"><tt:Name>e</tt:Name><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>${width}</tt:Width><tt:Height>${height}</tt:Height></tt:Resolution><tt:RateControl><tt:FrameRateLimit>25</tt:FrameRateLimit></tt:RateControl></tt:VideoEncoderConfiguration></trt:Profiles>`;

const answersOf = (address: string): Readonly<Record<string, string>> => ({
  GetSystemDateAndTime:
    '<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time><tt:Hour>12</tt:Hour><tt:Minute>0</tt:Minute><tt:Second>0</tt:Second></tt:Time><tt:Date><tt:Year>2026</tt:Year><tt:Month>5</tt:Month><tt:Day>1</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>',
  GetServices: `<tds:GetServicesResponse><tds:Service><tds:Namespace>http://www.onvif.org/ver10/media/wsdl</tds:Namespace><tds:XAddr>http://${address}/onvif/media</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>0</tt:Minor></tds:Version></tds:Service></tds:GetServicesResponse>`,
  GetCapabilities: `<tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>http://${address}/onvif/media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse>`,
  GetProfiles: `<trt:GetProfilesResponse>${profile('main', 1920, 1080)}${profile('sub', 640, 360)}</trt:GetProfilesResponse>`,
  GetVideoSources:
    '<trt:GetVideoSourcesResponse><trt:VideoSources token="s"><tt:Framerate>25</tt:Framerate></trt:VideoSources></trt:GetVideoSourcesResponse>',
  GetDeviceInformation:
    '<tds:GetDeviceInformationResponse><tds:Manufacturer>Lantern</tds:Manufacturer><tds:Model>L-7</tds:Model></tds:GetDeviceInformationResponse>',
  GetStreamUri: `<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://${address}/TOKEN</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`,
});

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  return Buffer.concat(parts).toString();
};

/**
 * Starts a stand-in.
 *
 * @param username who may ask for more than the time; anybody unless given
 */
export const startOnvifDevice = async (username?: string): Promise<OnvifDevice> => {
  let address = '';
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const asked = await bodyOf(request);
    const [, name = ''] = /<(?:\w+:)?(Get\w+)/.exec(asked.slice(asked.indexOf('Body'))) ?? [];
    const [, token = ''] = /ProfileToken>([^<]*)</.exec(asked) ?? [];
    const refused = username !== undefined && name !== 'GetSystemDateAndTime' && !asked.includes(username);
    const text = answersOf(address)[name]?.replace('TOKEN', token);
    response.statusCode = refused ? 400 : 200;
    response.end(refused || text === undefined ? NOT_AUTHORIZED : envelope(text));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  address = at !== null && typeof at === 'object' ? `127.0.0.1:${at.port}` : '';
  return {
    address,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
};

const DISCOVERY_PORT = 3702;
const DISCOVERY_GROUP = '239.255.255.250';

const probeMatch = (address: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:0</a:Address></a:EndpointReference><d:XAddrs>http://${address}/onvif/device_service</d:XAddrs></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>`;

/** Answers those who look for cameras on this machine's own loopback network. */
export const answerProbes = async (device: OnvifDevice): Promise<AsyncDisposable & { answered(): number }> => {
  let answered = 0;
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (_, from) => {
    answered++;
    socket.send(probeMatch(device.address), from.port, from.address);
  });
  socket.bind(DISCOVERY_PORT, () => socket.addMembership(DISCOVERY_GROUP, '127.0.0.1'));
  await once(socket, 'listening');
  return {
    answered: () => answered,
    async [Symbol.asyncDispose]() {
      socket.close();
    },
  };
};
