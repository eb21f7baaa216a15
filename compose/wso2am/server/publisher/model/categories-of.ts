import { z } from 'zod';
import type { Api } from './api.ts';

const names = z.array(z.string()).catch([]);

/** Names of the categories an API is of; APIs of 3.0.0 know none. */
export const categoriesOf = ({ categories }: Pick<Api, 'categories'>): readonly string[] => names.parse(categories);
