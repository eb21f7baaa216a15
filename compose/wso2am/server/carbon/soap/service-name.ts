/** Axis2 puts its endpoint behind the name: `AuthenticationAdmin.AuthenticationAdminHttpsSoap11Endpoint`. */
export const serviceNameIn = (segment: string): string => segment.split('.', 1)[0] ?? segment;
