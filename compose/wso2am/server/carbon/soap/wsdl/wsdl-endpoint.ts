import type { Answer, Call, Endpoint } from '../../web.ts';
import { serviceNameIn } from '../service-name.ts';
import type { SoapService } from '../soap-service.ts';
import { renderWsdl } from './render-wsdl.ts';

export type WsdlServing = {
  readonly services: readonly SoapService[];
  /** Whether `[admin_service.wsdl] enable` is set; without it the product hides the WSDLs of its admin services. */
  readonly isShown: boolean;
};

const PLAIN = { 'Content-Type': 'text/plain; charset=UTF-8' };

/** `GET /services/<name>?wsdl`: how an admin service is called. */
export const wsdlEndpoint = ({ services, isShown }: WsdlServing): Endpoint => ({
  method: 'GET',
  path: '/services/:service',
  handle: (call) => {
    const name = serviceNameIn(call.params.service ?? '');
    const service = services.find((each) => each.name === name);
    if (!service?.interface || !isWsdl(call) || !call.secure) {
      return { status: 404, headers: PLAIN, body: `The WSDL of ${call.path} cannot be found` };
    }
    if (!isShown) return hidden(name);
    return {
      status: 200,
      headers: { 'Content-Type': 'text/xml; charset=UTF-8' },
      body: renderWsdl(name, service.interface, `https://${call.headers.host ?? 'localhost'}/services/${name}`),
    };
  },
});

const isWsdl = ({ query }: Call): boolean => [...query.keys()].some((key) => key.toLowerCase() === 'wsdl');

const hidden = (name: string): Answer => ({
  status: 403,
  headers: PLAIN,
  body: `Access to service metadata for service: ${name} has been forbidden`,
});
