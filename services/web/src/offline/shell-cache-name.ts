/** Names of the caches that hold the app itself begin so; they hold nothing about anybody, and stay when the vault goes. */
export const shellCachePrefix = 'naravard-shell-';
