import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upstreamAgent } from '../../../compose/wso2am/server/gateway/upstream-agent.ts';
import { KeyManagerError } from '../../../compose/wso2am/server/key-validation/key-manager-error.ts';
import { soapRemoteUsers } from '../../../compose/wso2am/server/key-validation/remote-users.ts';
import { addUser } from '../oauth2/rows.ts';
import { useKeyValidation } from './key-validation-fixture.ts';

const fixture = useKeyValidation();

let agent: Agent;
beforeAll(() => {
  agent = new Agent({ connect: { ca: fixture.authority } });
});
afterAll(() => agent.close());

const remoteUsers = (username = 'admin', password = 'admin') =>
  soapRemoteUsers({
    serviceUrl: fixture.serviceUrl,
    username,
    password,
    agent: upstreamAgent([fixture.authority]),
    timeout: 10_000,
  });

describe('what a gateway asks about users', () => {
  it('is whether a password fits, with the tenant in the name or not', async () => {
    const users = remoteUsers();

    expect(await users.authenticate('admin', 'admin', 'a-1')).toBe(true);
    expect(await users.authenticate('admin@carbon.super', 'admin', 'a-1')).toBe(true);
    expect(await users.authenticate('admin', 'wrong', 'a-1')).toBe(false);
    expect(await users.authenticate('admin@other.tenant', 'admin', 'a-1')).toBe(false);
    expect(await users.authenticate("' OR 1=1 --", '<&>', 'a-1')).toBe(false);
  });

  it('is which roles a user has', async () => {
    const users = remoteUsers();

    expect(await users.rolesOf('admin@carbon.super', 'a-1')).toEqual(
      expect.arrayContaining(['admin', 'Internal/subscriber']),
    );
    expect(await users.rolesOf('nobody', 'a-1')).toEqual([]);
  });

  it('is told to administrators only', async () => {
    await addUser(fixture.km, 'waiter', []);

    await expect(remoteUsers('waiter', 'secret').authenticate('admin', 'admin', 'a-1')).rejects.toThrow(
      KeyManagerError,
    );
    await expect(remoteUsers('admin', 'wrong').rolesOf('admin', 'a-1')).rejects.toThrow(/Access Denied/);
  });

  it('is answered to any SOAP 1.2 client as well', async () => {
    const options: RequestInit & { readonly dispatcher: Agent } = {
      method: 'POST',
      headers: {
        'Content-Type': 'application/soap+xml; charset=UTF-8',
        Authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      },
      body: `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><x:authenticate xmlns:x="http://org.apache.axis2/xsd"><x:username>admin</x:username><x:password>admin</x:password></x:authenticate></e:Body></e:Envelope>`,
      dispatcher: agent,
    };
    const answer = await fetch(`${fixture.serviceUrl}APIKeyMgtRemoteUserStoreMgtService`, options);

    expect(await answer.text()).toContain(
      '<ns:authenticateResponse xmlns:ns="http://org.apache.axis2/xsd"><ns:return>true</ns:return></ns:authenticateResponse>',
    );
  });
});
