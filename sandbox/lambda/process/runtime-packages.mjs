// For Node versions without `module.registerHooks`: lets `import` find the packages of Lambda's runtime (the AWS SDK)
// next to the sandbox, as bootstrap.cjs does for `require`.
let runtimePackages = /^$/;
let parentURL;

export function initialize(data) {
  runtimePackages = data.runtimePackages;
  parentURL = data.parentURL;
}

export function resolve(specifier, context, next) {
  return next(specifier, runtimePackages.test(specifier) ? { ...context, parentURL } : context);
}
