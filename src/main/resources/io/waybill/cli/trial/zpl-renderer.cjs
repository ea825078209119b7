// Renders one label with zpl-renderer-js for each line on standard input and answers with the length of its PNG:
// node zpl-renderer.cjs <node_modules> <label.zpl>
const fs = require('fs');
const path = require('path');
const readline = require('readline');
const [modules, label] = process.argv.slice(2);
const { ready } = require(path.join(modules, 'zpl-renderer-js'));

(async () => {
  const { api } = await ready;
  const zpl = fs.readFileSync(label, 'utf8');
  for await (const _ of readline.createInterface({ input: process.stdin })) {
    const png = await api.zplToBase64Async(zpl, 101.6, 152.4, 8).catch(() => '');
    console.log(Buffer.from(png, 'base64').length);
  }
})();
