/**
 * Ends a run with one plain line, for programs that read it. Where TEST_COUNTS names a file, the counts
 * go there instead: a run of several parts prints their sum.
 */
const { appendFileSync } = require('node:fs');

module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // Jest's own reporter shows no test of a file that is skipped as a whole.
    for (const { testResults } of results.testResults) {
      for (const { status, fullName } of testResults) {
        if (status === 'pending') console.log(`skipped: ${fullName}`);
      }
    }
    const { TEST_COUNTS } = process.env;
    if (TEST_COUNTS) {
      appendFileSync(TEST_COUNTS, `${numPassedTests} ${failed} ${numPendingTests}\n`);
      return;
    }
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    // Jest prints its own summary after every reporter has run.
    process.once('exit', () => console.log(`${numPassedTests} passed, ${failed} failed${skipped}`));
  }
};
