// Stands for the names of a program's functions, by their indices in each module. `weft build` writes them into a file of this name.
/** @type {{ threaded: string[], single: string[] }} */
export default { threaded: [], single: [] };
