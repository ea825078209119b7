// Renders every .zpl file of a folder with zpl-renderer-js: node zpl-peer.cjs <modules> <in> <out> [rounds]
// With rounds it renders all files that often, writes nothing and prints milliseconds a label.
const fs = require('fs');
const path = require('path');
const [modules, input, output, rounds] = process.argv.slice(2);
const { ready } = require(path.join(modules, 'zpl-renderer-js'));

(async () => {
  const { api } = await ready;
  const files = fs.readdirSync(input).filter((name) => name.endsWith('.zpl'));
  const texts = files.map((name) => fs.readFileSync(path.join(input, name), 'utf8'));
  const render = (text) => api.zplToBase64MultipleAsync(text, 101.6, 152.4, 8);
  if (rounds) {
    const good = [];
    for (const text of texts) await render(text).then(() => good.push(text), () => {});
    const start = performance.now();
    for (let i = 0; i < Number(rounds); i++) for (const text of good) await render(text);
    console.log(((performance.now() - start) / good.length / Number(rounds)).toFixed(3));
  } else {
    for (let i = 0; i < files.length; i++) {
      await render(texts[i]).then(
        (labels) => fs.writeFileSync(path.join(output, files[i] + '.png'), Buffer.from(labels[0], 'base64')),
        () => {});
    }
  }
  process.exit(0);
})();
