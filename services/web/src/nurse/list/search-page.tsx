import { Title } from '../title.tsx';
import { SearchForm } from './search-form.tsx';

export function SearchPage() {
  return (
    <>
      <Title tab="Sök">Sök patient</Title>
      <SearchForm />
    </>
  );
}
