// The city's identity platform for tests: a real OpenID provider, with three people who sign in by choosing who they are.
//   node city.mjs PORT REDIRECT_URI      says `ready` when it answers
import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);

const people = {
  zhang: { name: '张小三', id_number: '210103194001019013', phone_number: '+86 13800138000', phone_number_verified: true },
  li: { name: '李四', phone_number: '13700137000', phone_number_verified: true },
  wang: { name: '王五', phone_number: '13600136000', phone_number_verified: false },
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'tongban', client_secret: 'a secret of the test', redirect_uris: [redirect] }],
  claims: { openid: ['sub'], profile: ['name', 'id_number'], phone: ['phone_number', 'phone_number_verified'] },
  pkce: { required: () => true },
  cookies: { keys: ['a key of the test'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  // Nobody is asked for consent: it is the city's own service.
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile phone');
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  if (ctx.method === 'GET') {
    const button = (id) => `<button name="person" value="${id}">${people[id].name}</button>`;
    ctx.type = 'html';
    ctx.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>城市统一身份认证</title>
      <main><h1>您是谁？</h1><form method="post">${Object.keys(people).map(button).join(' ')}
      <button name="person" value="">取消</button></form></main></html>`;
    return;
  }
  let body = '';
  for await (const chunk of ctx.req) body += chunk;
  const person = new URLSearchParams(body).get('person');
  const result = person ? { login: { accountId: person } } : { error: 'access_denied' };
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  ctx.respond = false;
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
