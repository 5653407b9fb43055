// Another library's receiver: @medplum/hl7 takes every message and answers AA. Says its port first.
import { Hl7Client, Hl7Server } from '@medplum/hl7';
import { Hl7Message } from '@medplum/core';
import readline from 'node:readline';

const server = new Hl7Server((connection) => {
  connection.addEventListener('message', ({ message }) => {
    connection.send(message.buildAck());
    const text = message.toString();
    const id = message.header.getField(10).toString();
    say({ received: id, kind: message.header.getField(9).toString(), text });
  });
});
await server.start(0, 'utf-8');
say({ port: server.server.address().port });

// And its client: a line {"to": port, "text": "..."} is sent there, and the answer said.
for await (const line of readline.createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const client = new Hl7Client({ host: '127.0.0.1', port: asked.to, encoding: 'utf-8' });
  const answer = await client.sendAndWait(Hl7Message.parse(asked.text));
  say({ answer: answer.toString() });
  await client.close();
}
process.exit(0);

function say(what) {
  process.stdout.write(JSON.stringify(what) + '\n');
}
