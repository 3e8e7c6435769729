/** Types are checked by the build; here they are only stripped. */
module.exports = {
  roots: ['<rootDir>/test'],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
  reporters: ['default', '<rootDir>/test/harness/count-reporter.js'],
  testTimeout: 60_000,
};
