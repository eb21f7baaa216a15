/** A label: which microgateways an API is meant for. Administrators make them; nothing here is deployed by label. */
export type Label = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly accessUrls: readonly string[];
};
