/** Three-valued logic: undefined is the empty collection. http://hl7.org/fhirpath/N1/#boolean-logic */
export type Truth = boolean | undefined;

export function and(left: Truth, right: () => Truth): Truth {
  if (left === false) return false;
  const other = right();
  return other === false ? false : left === undefined || other === undefined ? undefined : true;
}

export function or(left: Truth, right: () => Truth): Truth {
  if (left === true) return true;
  const other = right();
  return other === true ? true : left === undefined || other === undefined ? undefined : false;
}

export function xor(left: Truth, right: () => Truth): Truth {
  const other = right();
  return left === undefined || other === undefined ? undefined : left !== other;
}

export function implies(left: Truth, right: () => Truth): Truth {
  if (left === false) return true;
  const other = right();
  return other === true ? true : left === undefined || other === undefined ? undefined : false;
}
