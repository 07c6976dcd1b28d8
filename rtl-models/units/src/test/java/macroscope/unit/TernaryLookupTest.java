package macroscope.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TernaryLookupTest {

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
}
