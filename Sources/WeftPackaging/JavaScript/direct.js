// Stands for the script of this name that `weft` writes into a package: calls of the simplest kind.

/**
 * By the wasm exports of functions: what makes JavaScript's function of it. `usual` is called where something is not as usual.
 * @type {Record<string, ((exports: any, state: { isOver: boolean, fail: (error: any) => never }, usual: (...values: any[]) => any) => (...values: any[]) => any) | undefined>}
 */
export default {};
