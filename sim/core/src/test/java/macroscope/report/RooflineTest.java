package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RooflineTest {

  private static final Roofline ROOF = new Roofline(100e12, Optional.of(2e12));

  @Test
  void belowTheRidgeBandwidthLimits() {
    assertThat(ROOF.roof(10)).isEqualTo(20e12);
  }

  @Test
  void beyondTheRidgeThePeakLimits() {
    assertThat(ROOF.roof(51)).isEqualTo(100e12);
  }

  @Test
  void withoutABandwidthThePeakLimits() {
    assertThat(new Roofline(100e12, Optional.empty()).roof(1e-3)).isEqualTo(100e12);
  }

  @Test
  void theRoofBendsAtTheRidge() {
    ChartData chart = ROOF.chart("t", "s", List.of(new Roofline.Run("r", 10, 5e12)));
    assertThat(chart.series().get(1).points()).contains(new ChartData.Point("", 50, 100, 0));
  }
}
