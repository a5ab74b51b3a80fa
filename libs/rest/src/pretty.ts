/**
 * Indents JSON text by two spaces without parsing it, so that numbers keep their digits.
 * http://hl7.org/fhir/R4/http.html#parameters (_pretty)
 */
export function prettyJson(text: string): string {
  let depth = 0;
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|[{[]\s*[}\]]|[{}[\],:]|\s+/g, (part) => {
    switch (part[0]) {
      case '{':
      case '[':
        if (part.length > 1) return part[0] + part.slice(-1);
        depth++;
        return part + line(depth);
      case '}':
      case ']':
        depth--;
        return line(depth) + part;
      case ',':
        return part + line(depth);
      case ':':
        return ': ';
      case '"':
        return part;
      default:
        return '';
    }
  });
}

const line = (depth: number): string => `\n${'  '.repeat(depth)}`;
