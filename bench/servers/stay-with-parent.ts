/**
 * Loaded into every server before its own code (`node --require`): ends the process with the one
 * that started it, however that ended, and reports to it how much memory is in use.
 */

process.on('disconnect', () => process.exit());
process.on('message', () => process.send?.(process.memoryUsage.rss()));
