'use strict';
// The AWS SDK says at every start on Node 20 that it will need a newer one. Which Node to run is for whoever maintains the
// machine, not for every command, test file and function to say: docs/decisions/0060-supported-versions-of-node.md.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
