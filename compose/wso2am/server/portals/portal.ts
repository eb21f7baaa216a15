/** A web application that people log in to. */
export type Portal = {
  /** Context path; a name of the product's own. */
  readonly context: '/publisher' | '/devportal';
  readonly title: string;
  /** Name of its OAuth client in `AM_SYSTEM_APPS`; the client itself is called `<administrator>_<name>` (wire.md 7.4, 1.1). */
  readonly client: string;
  /** Below which the browser sends the second half of the access token besides: its REST API. */
  readonly apiPath: string;
  /** Below the context; where a log-in ends that did not begin on one of the portal's pages. */
  readonly firstPage: '' | '/apis';
};

export const PUBLISHER_PORTAL: Portal = {
  context: '/publisher',
  title: 'API Publisher',
  client: 'admin_publisher',
  apiPath: '/api/am/publisher/',
  firstPage: '',
};

export const DEVELOPER_PORTAL: Portal = {
  context: '/devportal',
  title: 'API Developer Portal',
  client: 'admin_store',
  apiPath: '/api/am/store/',
  firstPage: '/apis',
};

/** Paths below a portal's context (carbon-apimgt v6.5.349, `services/` of its portals). */
export const SERVICES = {
  logIn: '/services/auth/login',
  afterLogIn: '/services/auth/callback/login',
  introspect: '/services/auth/introspect',
  refresh: '/services/refresh/refresh.jag',
  logOut: '/services/logout',
  afterLogOut: '/services/auth/callback/logout',
} as const;
