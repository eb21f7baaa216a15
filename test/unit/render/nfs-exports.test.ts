import { describe, expect, it } from 'vitest';
import { EXPORT_ROOT } from '../../../lab/render/compose/share-mounts.ts';
import { renderGaneshaConf } from '../../../lab/render/nfs-exports.ts';
import { planTopology } from './plan-topology.ts';

describe('the NFS server', () => {
  const conf = renderGaneshaConf(planTopology());

  it('exports the directory that nodes mount from, to both protocol versions', () => {
    expect(conf).toContain(`Path = ${EXPORT_ROOT};`);
    expect(conf).toContain(`Pseudo = ${EXPORT_ROOT};`);
    expect(conf.match(/Protocols = 3, 4;/g)).toHaveLength(2);
  });

  it('starts without the capability that the container does without', () => {
    expect(conf).toContain('allow_set_io_flusher_fail = true;');
  });

  it('says which directories the lab shares', () => {
    expect(conf).toMatch(/^# .*executionplans, synapse-configs/);
  });

  it('closes every block it opens', () => {
    expect(conf.match(/\{/g)?.length).toBe(conf.match(/\}/g)?.length);
  });
});
