/** What scripts in JavaScript load of this folder; loaded by itself, sandbox.ts would not know its own place. */
export { startSandboxProcess, type SandboxProcess } from './sandbox';
