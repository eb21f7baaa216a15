import { labImages } from './engine/lab-images.ts';

// What `scripts/images --print` prints; its own small bundle, for it runs at every start of the lab.
process.stdout.write(`${JSON.stringify(await labImages(process.env.APIM_LAB_ROOT ?? '.'))}\n`);
