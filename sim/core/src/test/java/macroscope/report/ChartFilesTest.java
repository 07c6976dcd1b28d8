package macroscope.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import macroscope.sweep.Objective.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartFilesTest {

  private final ChartStyle style = ChartStyle.paper();
  private final ChartFiles files = new ChartFiles(style);

  private static ChartData chart(Scale scale, double lowestY) {
    ChartData.Point a = new ChartData.Point("int4 \u00b7 int L16", 0.1, 0.3, 0.02);
    ChartData.Point b = new ChartData.Point("e2m3fn & <others>", 0.4, lowestY, 0.01);
    return new ChartData(
        "title",
        "subtitle",
        new ChartData.Axis("cost [pJ]", Scale.LOGARITHMIC),
        new ChartData.Axis("quality [nats]", scale),
        List.of(
            new ChartData.Series("one", 0, List.of(a)), new ChartData.Series("two", 1, List.of(b))),
        List.of(a, b),
        Optional.of(0.2));
  }

  @Test
  void aPngHasThePixelsOfTheStyle() throws Exception {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(files.png(chart(Scale.LOGARITHMIC, 0.1))));
    assertThat(image.getWidth()).isEqualTo(style.width() * style.pngScale());
    assertThat(image.getHeight()).isEqualTo(style.height() * style.pngScale());
  }

  @ParameterizedTest
  @EnumSource(Scale.class)
  void anSvgIsXmlThatNamesThePointsOfTheFront(Scale scale) throws Exception {
    String text = parse(files.svg(chart(scale, 0.1))).getDocumentElement().getTextContent();
    assertThat(text)
        .contains("int4 \u00b7 int L16", "e2m3fn & <others>", "cost [pJ]", "one", "two");
  }

  @Test
  void aValueOfZeroIsDrawnOnALinearAxis() throws Exception {
    String text =
        parse(files.svg(chart(Scale.LOGARITHMIC, 0))).getDocumentElement().getTextContent();
    assertThat(text).contains("0.00");
  }

  @Test
  void equalChartsGiveEqualBytes() {
    ChartData chart = chart(Scale.LOGARITHMIC, 0.1);
    assertThat(files.svg(chart)).isEqualTo(files.svg(chart));
    assertThat(files.png(chart)).isEqualTo(files.png(chart));
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
    return builder.parse(new InputSource(new StringReader(svg)));
  }
}
