package macroscope.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

  private static final Map<String, RoundingMode> SHORT_NAMES =
      Map.of(
          "rne", TIES_TO_EVEN,
          "rna", TIES_TO_AWAY,
          "rtz", TOWARD_ZERO,
          "rz", TOWARD_ZERO,
          "rtp", TOWARD_POSITIVE,
          "ru", TOWARD_POSITIVE,
          "rtn", TOWARD_NEGATIVE,
          "rd", TOWARD_NEGATIVE);

  /** The rounding of a name, in any case, with hyphens or underscores, or of a usual short one. */
  public static Optional<RoundingMode> named(String name) {
    String lower = name.trim().toLowerCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(SHORT_NAMES.get(lower))
        .or(() -> Arrays.stream(values()).filter(m -> m.lowerCaseName().equals(lower)).findFirst());
  }

  /** The name in lower case, words joined by underscores. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean towardZero(boolean negative) {
    return this == TOWARD_ZERO || this == (negative ? TOWARD_POSITIVE : TOWARD_NEGATIVE);
  }
}
