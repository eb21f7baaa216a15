import { z } from 'zod';
import type { Path } from './finding.ts';
import { type Issue, pathOf } from './issue.ts';
import { meantValue } from './meant.ts';
import { type Topology, type TopologyNode, topologySchema } from './schema.ts';
