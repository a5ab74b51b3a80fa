import { rmSync } from 'node:fs';
import { migrate } from '@naravard/store';
import type { TestProject } from 'vitest/node';
import { openCluster } from './cluster.ts';

/** One PostgreSQL per run, one migrated template database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openCluster();
  const template = `naravard_template_${process.pid}`;
  await cluster.run(`create database ${template}`);
  const url = new URL(cluster.url);
  url.pathname = `/${template}`;
  await migrate(url.href);
  project.provide('cluster', { url: cluster.url, template });
  console.log(`tests run on ${cluster.kind}`);
  return async () => {
    await cluster.stop();
    if (cluster.folder) rmSync(cluster.folder, { recursive: true, force: true });
  };
}
