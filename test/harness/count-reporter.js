/** Ends a run with one plain line, for programs that read it. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    // Jest's own reporter shows no test of a file that is skipped as a whole.
    for (const { testResults } of results.testResults) {
      for (const { status, fullName } of testResults) {
        if (status === 'pending') console.log(`skipped: ${fullName}`);
      }
    }
    // Jest prints its own summary after every reporter has run.
    process.once('exit', () => console.log(`${numPassedTests} passed, ${failed} failed${skipped}`));
  }
};
