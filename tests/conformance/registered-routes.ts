import type { TestApp } from '@naravard/testkit';

/**
 * `GET /fhir/:/:` for each route that Fastify has registered, whatever the parts of its path are called. HEAD is wherever GET is.
 */
export function registeredRoutes(app: TestApp['app']): string[] {
  const above: string[] = [];
  const routes: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', path = '', methods = ''] =
      /^((?:│ {3}| {4})*)[├└]── (.*) \((.*)\)$/.exec(line) ?? [];
    const depth = indent.length / 4;
    above[depth] = path;
    const whole = above.slice(0, depth + 1).join('');
    for (const method of methods.split(', ').filter((each) => each && each !== 'HEAD'))
      routes.push(`${method} ${unnamed(whole)}`);
  }
  return [...new Set(routes)].sort();
}

/** `/:type|:compartment/:id` and `/{type}/{id}` are both `/:/:`. */
export const unnamed = (path: string): string => path.replace(/:\w+(?:\|:\w+)*|\{\w+\}/g, ':');
