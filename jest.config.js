/** Types are checked by the build; here they are only stripped. */
module.exports = {
  roots: ['<rootDir>/test'],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
  reporters: ['default', '<rootDir>/test/harness/count-reporter.js'],
  // Jest leaves one core free by default; the half of two would lie idle.
  maxWorkers: '100%',
  testTimeout: 60_000,
  // It makes a cluster of PostgreSQL servers first: `npm run test:failover`.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.FAILOVER ? [] : ['/test/failover/'])],
};
