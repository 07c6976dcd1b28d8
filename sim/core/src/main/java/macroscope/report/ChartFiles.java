package macroscope.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import macroscope.input.OutputFolder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes charts as PNG, as SVG and their data as CSV; equal charts give equal bytes. */
public final class ChartFiles {

  /**
   * Fonts of equal widths: charts are laid out with the first, which Linux has; the second is its
   * model and comes with other systems.
   */
  private static final String FONT_FAMILIES = "'DejaVu Sans',Verdana,sans-serif";

  private final ChartStyle style;

  public ChartFiles(ChartStyle style) {
    this.style = style;
  }

  /**
   * Adds the chart to what is to be written, as {@code name.svg}, {@code name.png} and, with its data,
   * {@code name.csv}, unless a table of that name is there already.
   */
  public void add(OutputFolder folder, String name, ChartData chart) {
    folder.with(name + ".svg", svg(chart)).with(name + ".png", png(chart));
    if (!folder.has(name + ".csv")) {
      folder.with(name + ".csv", ChartTable.csv(chart));
    }
  }

  /** Writes the chart as {@code name.svg}, {@code name.png} and, with its data, {@code name.csv}; these names. */
  List<String> write(RunFolder folder, String name, ChartData chart) throws IOException {
    return write(folder, name, chart, svg(chart));
  }

  /**
   * As {@link #write(RunFolder, String, ChartData)}.
   *
   * @param svg the chart as {@link #svg(ChartData)} has drawn it
   */
  List<String> write(RunFolder folder, String name, ChartData chart, String svg)
      throws IOException {
    return write(folder, name, svg, png(chart), ChartTable.csv(chart));
  }

  /** As {@link #write(RunFolder, String, ChartData)}. */
  List<String> write(RunFolder folder, ParallelData chart) throws IOException {
    Picture picture = new ParallelPicture(chart);
    return write(folder, chart.name(), svg(picture), png(picture), ChartTable.csv(chart));
  }

  private static List<String> write(
      RunFolder folder, String name, String svg, byte[] png, String csv) throws IOException {
    folder.write(name + ".svg", svg);
    folder.write(name + ".png", png);
    folder.write(name + ".csv", csv);
    return List.of(name + ".svg", name + ".png", name + ".csv");
  }

  /** The chart as a PNG picture, {@link ChartStyle#pngScale} pixels a unit. */
  public byte[] png(ChartData data) {
    return png(g2 -> draw(data, g2));
  }

  /** As {@link #png(ChartData)}. */
  public byte[] png(Picture picture) {
    return png(g2 -> draw(picture, g2));
  }

  private byte[] png(Consumer<Graphics2D> drawing) {
    int scale = style.pngScale();
    BufferedImage image =
        new BufferedImage(
            style.width() * scale, style.height() * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D g2 = image.createGraphics();
    g2.scale(scale, scale);
    drawing.accept(g2);
    g2.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The chart as an SVG document, whose text stays text. */
  public String svg(ChartData data) {
    return svg(g2 -> draw(data, g2));
  }

  /** As {@link #svg(ChartData)}. */
  public String svg(Picture picture) {
    return svg(g2 -> draw(picture, g2));
  }

  private String svg(Consumer<Graphics2D> drawing) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument("http://www.w3.org/2000/svg", "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setComment("Macroscope");
      context.setPrecision(2);
      SVGGraphics2D g2 = new SVGGraphics2D(context, false);
      g2.setSVGCanvasSize(new java.awt.Dimension(style.width(), style.height()));
      drawing.accept(g2);
      StringWriter text = new StringWriter();
      Element root = g2.getRoot();
      root.setAttributeNS(null, "viewBox", "0 0 " + style.width() + " " + style.height());
      g2.stream(root, text, true, false);
      return text.toString()
          .replace("\r\n", "\n")
          .replace("font-family:sans-serif", "font-family:" + FONT_FAMILIES);
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException("the JDK cannot write SVG", e);
    }
  }

  private void draw(Picture picture, Graphics2D g2) {
    smooth(g2);
    picture.draw(g2, style);
  }

  private void draw(ChartData data, Graphics2D g2) {
    smooth(g2);
    JFreeChart chart = new ParetoChart(data, style).draw();
    chart.draw(g2, new Rectangle2D.Double(0, 0, style.width(), style.height()));
  }

  private static void smooth(Graphics2D g2) {
    g2.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g2.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g2.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }
}
