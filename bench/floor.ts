/** The least that a scan can do: find the source files of a tree and read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = /\.(?:[mc]?[jt]sx?|pyi?|ipynb)$/;
let bytes = 0;
const folders = [process.argv[2] ?? '.'];
for (const folder of folders) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') folders.push(path);
    else if (entry.isFile() && SOURCE.test(entry.name)) bytes += readFileSync(path).length;
  }
}
console.log(bytes);
