import fc from 'fast-check';

/** One failure is enough to find a mutant; looking for the smallest one would take minutes. */
fc.configureGlobal({ endOnFailure: true });
