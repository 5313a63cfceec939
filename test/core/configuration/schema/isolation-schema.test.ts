import { isolationSchema, toIsolationTerms } from '../../../../src/core/configuration/schema/isolation-schema';

test('the deployment’s own group isolates, and a tag forbids it', () => {
  expect(toIsolationTerms(isolationSchema.parse({}), 'Acme')).toEqual({
    guardTag: 'portcullis:isolate',
    groupName: 'Acme-Isolation',
  });
  expect(toIsolationTerms(isolationSchema.parse({ guardTag: 'no-touch' }), 'Acme').guardTag).toBe('no-touch');
});

test.each([[true], [{ guardTag: '' }], [{ guardTag: 'aws:something' }], [{ guard: 'x' }], [{ guardTag: 'a\nb' }]])(
  '%j is refused',
  (given) => {
    expect(isolationSchema.safeParse(given).success).toBe(false);
  },
);
