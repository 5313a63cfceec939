'use strict';

// Required into a process, says on stderr how much memory it took at most, in kilobytes.
process.on('exit', () => process.stderr.write(String(process.resourceUsage().maxRSS)));
