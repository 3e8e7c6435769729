/** Types are checked by the build; here they are only stripped. */
module.exports = {
  roots: ['<rootDir>/test'],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
  reporters: ['default', '<rootDir>/test/harness/count-reporter.js'],
  // Jest leaves one core free by default; the half of two would lie idle.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
