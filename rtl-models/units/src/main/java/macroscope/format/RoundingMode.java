package macroscope.format;

/** The deterministic roundings. */
public enum RoundingMode implements Rounding {
  /** Nearest; a tie goes to the even code. */
  TIES_TO_EVEN {
    @Override
    public boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits) {
      long half = discardedBits == 0 ? 1 : 1L << (discardedBits - 1);
      return remainder > half || (remainder == half && odd);
    }
  },
  /** Nearest; a tie goes away from zero. */
  TIES_TO_AWAY {
    @Override
    public boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits) {
      return discardedBits > 0 && remainder >= 1L << (discardedBits - 1);
    }
  },
  TOWARD_ZERO {
    @Override
    public boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits) {
      return false;
    }
  },
  TOWARD_POSITIVE {
    @Override
    public boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits) {
      return remainder != 0 && !negative;
    }
  },
  TOWARD_NEGATIVE {
    @Override
    public boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits) {
      return remainder != 0 && negative;
    }
  },
  /** To the neighbour with the odd code, unless exact. */
  TO_ODD {
    @Override
    public boolean roundsAway(boolean negative, boolean odd, long remainder, int discardedBits) {
      return remainder != 0 && !odd;
    }
  };

  @Override
  public boolean towardZero(boolean negative) {
    return this == TOWARD_ZERO || this == (negative ? TOWARD_POSITIVE : TOWARD_NEGATIVE);
  }
}
