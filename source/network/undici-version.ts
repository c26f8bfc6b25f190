import undiciPackage from 'undici/package.json' with {type: 'json'};

/** Which npm undici this is; `process.versions.undici` is the one inside Node. Does not load undici, which takes 60 ms. */
export const undiciVersion: string = undiciPackage.version;
