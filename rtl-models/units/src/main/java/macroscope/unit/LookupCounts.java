package macroscope.unit;

/**
 * What lookups in memory arrays did, counted on real operands and over the arrays that side by side hold
 * the tables of all outputs.
 *
 * @param passes rows of activations through passes of an array
 * @param lookups patterns of activation bits
 * @param empty those without a set bit, which add nothing
 * @param reused those whose word the pattern reuse table had
 * @param writes words written to fill tables
 */
public record LookupCounts(long passes, long lookups, long empty, long reused, long writes) {

  public LookupCounts {
    boolean fits = passes >= 0 && empty >= 0 && reused >= 0 && writes >= 0;
    if (!fits || empty + reused > lookups) {
      throw new IllegalArgumentException(
          "counts must be at least 0, empty and reused at most lookups: " + lookups);
    }
  }

  /** Lookups that read the array. */
  public long reads() {
    return lookups - empty - reused;
  }

  /** Both together. */
  public LookupCounts plus(LookupCounts more) {
    return new LookupCounts(
        passes + more.passes,
        lookups + more.lookups,
        empty + more.empty,
        reused + more.reused,
        writes + more.writes);
  }

  /** The same in so many arrays. */
  LookupCounts times(long arrays) {
    return new LookupCounts(
        passes * arrays, lookups * arrays, empty * arrays, reused * arrays, writes * arrays);
  }

  /**
   * Cycles of an array: one for each pattern, and as many more as an access occupies the array longer
   * than that; writes come before them.
   */
  public long cycles(int accessCycles) {
    return (reads() + writes) * accessCycles + empty + reused;
  }
}
