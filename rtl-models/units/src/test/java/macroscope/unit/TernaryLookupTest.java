package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TernaryLookupTest {

  /** Activations whose signed sums all differ, at the ends of int8. */
  private static final byte[] ACTIVATIONS = {-128, 127, -39};

  @Test
  void everyPairIsLookedUpAsItsSum() {
    for (int code = 0; code < 9; code++) {
      byte[] weights = {(byte) (code / 3 - 1), (byte) (code % 3 - 1)};
      assertThat(TernaryLookup.dotByPairs(ACTIVATIONS, TernaryLookup.pairIndices(weights)))
          .isEqualTo(-128 * weights[0] + 127 * weights[1]);
    }
  }

  @Test
  void everyTripleIsLookedUpAsItsSum() {
    for (int code = 0; code < 27; code++) {
      byte[] weights = {(byte) (code / 9 - 1), (byte) (code / 3 % 3 - 1), (byte) (code % 3 - 1)};
      assertThat(TernaryLookup.dotByTriples(ACTIVATIONS, TernaryLookup.tripleCodes(weights)))
          .isEqualTo(-128 * weights[0] + 127 * weights[1] - 39 * weights[2]);
    }
  }

  @Test
  void activationsTakeTheRangeOfAbsmaxInt8() {
    float[] activations = {0.5f, -1f, 0.25f};
    assertThat(TernaryLookup.quantize(activations, TernaryLookup.activationScale(activations)))
        .containsExactly(64, -127, 32);
  }

  @Test
  void zeroActivationsStayZero() {
    float[] zeros = new float[4];
    assertThat(TernaryLookup.quantize(zeros, TernaryLookup.activationScale(zeros))).containsOnly(0);
  }

  @Test
  void weightsThatAreNotTernaryAreRefused() {
    assertThatThrownBy(() -> TernaryLookup.pairIndices(new byte[] {2, 0}))
        .hasMessage("ternary weights must be -1, 0 or 1: 2");
  }

  @Test
  void aRowThatLeavesAPartOfATripleIsRefused() {
    assertThatThrownBy(() -> TernaryLookup.tripleCodes(new byte[4]))
        .hasMessage("weights of a row must be a multiple of 3: 4");
  }
}
