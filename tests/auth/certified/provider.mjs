/* An ID-porten made of `oidc-provider`, which the OpenID Foundation has certified, set up as ID-porten is; or an issuer
that is not ID-porten, with other names for its levels and for the number, another scope, and no pushed requests.

One argument: the settings as JSON (see walking.py). It serves on 127.0.0.1 and prints one line when it is ready.
`POST /_rotate` puts the next of its keys in the place of the one before, which is then gone.
*/
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const settings = JSON.parse(process.argv[2]);
const entry = join(settings.packages, 'oidc-provider', 'lib', 'index.js');
const { Provider, errors, interactionPolicy } = await import(pathToFileURL(entry));

const LEVELS = settings.levels; // weakest first; the second is given where the page does not say which
const SCOPES = settings.scope.split(' ');
const withoutNumber = new Set(); // people of whom the provider does not know the number
const LONGEST_ASSERTION_SECONDS = 120;
const stored = new Map();

/* In memory, and shared by the provider before and after a change of keys. */
class Memory {
  constructor(model) { this.model = model; }

  key(id) { return `${this.model}:${id}`; }

  async upsert(id, payload) { stored.set(this.key(id), payload); }

  async find(id) { return stored.get(this.key(id)); }

  async findByUid(uid) {
    return [...stored].find(([key, value]) => key.startsWith(`${this.model}:`) && value.uid === uid)?.[1];
  }

  async findByUserCode() { return undefined; }

  async consume(id) { stored.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }

  async destroy(id) { stored.delete(this.key(id)); }

  async revokeByGrantId(grantId) {
    for (const [key, value] of stored) {
      if (value.grantId === grantId && /^(AccessToken|AuthorizationCode):/.test(key)) stored.delete(key);
    }
  }
}

/* The page asks for who one is, and for how sure it is to be; a session that is too weak is asked again. */
function policy() {
  const { base, Check } = interactionPolicy;
  const prompts = base();
  const tooWeak = ({ oidc }) => {
    const wanted = (oidc.params.acr_values ?? '').split(' ').filter(Boolean);
    const least = Math.min(...wanted.map((level) => LEVELS.indexOf(level)), LEVELS.length);
    const asked = wanted.length > 0 && !oidc.result?.login;
    return asked && LEVELS.indexOf(oidc.session.acr) < least ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
  };
  prompts.get('login').checks.push(new Check('level', 'a higher level was asked for', tooWeak));
  prompts.remove('consent');
  return prompts;
}

/* What version 7 took away: one frame for each service of the session, with the issuer and that service's sid. */
async function frames(ctx) {
  const { session, provider } = ctx.oidc;
  const known = await Promise.all(Object.keys(session.authorizations ?? {}).map((id) => provider.Client.find(id)));
  return known.filter((client) => client.frontchannel_logout_uri).map((client) => {
    const query = new URLSearchParams({ iss: provider.issuer, sid: session.sidFor(client.clientId) });
    return `<iframe src="${client.frontchannel_logout_uri}?${query}"></iframe>`.replaceAll('&', '&amp;');
  }).join('');
}

async function grant(ctx) {
  const { client, provider, session } = ctx.oidc;
  const found = session.grantIdFor(client.clientId);
  const old = found && await provider.Grant.find(found);
  if (old && old.accountId === session.accountId) return old;
  const made = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  made.addOIDCScope(settings.scope);
  await made.save();
  return made;
}

function narrow(ctx, claims) {
  const length = claims.exp - claims.iat;
  if (claims.aud !== settings.issuer || !(length > 0 && length <= LONGEST_ASSERTION_SECONDS)) {
    throw new errors.InvalidClientAuth('the audience must be the issuer, and the assertion must be short');
  }
}

function withoutGuard(address, options) {
  const { dispatcher, ...rest } = options; // it keeps requests from this very machine, where the portal is
  return fetch(address, rest);
}

function make(key) {
  const provider = new Provider(settings.issuer, {
    adapter: Memory,
    clients: settings.clients,
    jwks: { keys: [key] },
    cookies: { keys: ['only for tests'] },
    scopes: SCOPES,
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', 'sid', 'locale', ...(SCOPES.length > 1 ? [] : [settings.claim])],
      ...(SCOPES.length > 1 ? { [SCOPES[1]]: [settings.claim] } : {}),
    },
    conformIdTokenClaims: false,
    acrValues: LEVELS,
    responseTypes: ['code'],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (ctx, id, client) => createHash('sha256').update(`${client.clientId} ${id}`).digest('hex'),
    clientAuthMethods: ['private_key_jwt'],
    assertJwtClientAuthClaimsAndHeader: narrow,
    extraClientMetadata: { properties: ['frontchannel_logout_uri'] },
    pkce: { required: () => true },
    ttl: { AccessToken: 120, AuthorizationCode: 60, Grant: 7200, IdToken: 120, Interaction: 600, Session: 7200 },
    fetch: withoutGuard,
    findAccount: (ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, locale: 'nb', ...(withoutNumber.has(id) ? {} : { [settings.claim]: id }) }),
    }),
    loadExistingGrant: grant,
    interactions: { policy: policy(), url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx, out) => { ctx.type = 'json'; ctx.body = out; },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: settings.pushed, requirePushedAuthorizationRequests: settings.pushed },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          const button = '<button form="op.logoutForm" name="logout" value="yes">Logg ut</button>';
          ctx.body = `<!doctype html><title>Logg ut</title>${await frames(ctx)}${form}${button}`;
        },
        postLogoutSuccessSource: (ctx) => { ctx.body = '<!doctype html><title>Logget ut</title>'; },
      },
    },
  });
  provider.on('server_error', (ctx, error) => console.error(error));
  provider.on('backchannel.error', (ctx, error) => console.error(error));
  provider.on('pushed_authorization_request.error', (ctx, error) => {
    console.log('refused', error.error, error.error_description, error.error_detail ?? '');
  });
  return provider;
}

async function form(request) {
  let text = '';
  for await (const part of request) text += part;
  return Object.fromEntries(new URLSearchParams(text));
}

/* The page where one says who one is. `level`, `cancel` and `unknown` (its number) are what a test wants to happen. */
async function interaction(request, response) {
  const { params, prompt } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    const why = prompt.reasons.join(' ');
    response.end(`<!doctype html><html lang="${params.ui_locales}"><title>Hvem er du?</title><p>${why}</p>
      <p>${params.acr_values} ${params.scope}</p><form method="post"><input name="pid"><input name="level"><button>Logg inn</button></form></html>`);
    return;
  }
  const { pid, level, cancel, unknown } = await form(request);
  if (unknown) withoutNumber.add(pid);
  else withoutNumber.delete(pid);
  const login = { accountId: pid, acr: level || LEVELS[1], amr: ['TestID'] };
  await provider.interactionFinished(request, response, cancel ? { error: 'access_denied' } : { login });
}

const keys = [...settings.keys];
let provider = make(keys.shift());

const server = createServer(async (request, response) => {
  try {
    if (request.url.startsWith('/interaction/')) await interaction(request, response);
    else if (request.method === 'POST' && request.url === '/_rotate') {
      provider = make(keys.shift());
      response.end();
    } else await provider.callback()(request, response);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end(String(error));
  }
});
server.listen(settings.port, '127.0.0.1', () => console.log(`ready ${settings.issuer}`));
