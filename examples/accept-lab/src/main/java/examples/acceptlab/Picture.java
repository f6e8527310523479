package examples.acceptlab;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** The rows as charts, four in one SVG. */
final class Picture {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 340;

  /** The foot of a bar on a scale of powers of ten, which has no zero. */
  private static final double LEAST = 0.1;

  private static final Color BLUE = new Color(0x1f77b4);
  private static final Color ORANGE = new Color(0xff7f0e);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);

  /** Not 12, which would be left out as the usual size, and that is another one in a browser. */
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  private Picture() {}

  /** A kind of bar: one for each row. */
  private record Bars(String name, ToDoubleFunction<Row> of) {}

  static String svg(List<Row> rows) throws IOException {
    JFreeChart waiting =
        chart(
            "Short connections: waiting, ms",
            rows,
            new Bars("p50", row -> row.even().waitedMillis(50)),
            new Bars("p99", row -> row.even().waitedMillis(99)));
    JFreeChart cost =
        chart(
            "Short connections: cost of each",
            rows,
            new Bars("CPU, ms", row -> row.even().cpuMillisEach()),
            new Bars("context switches", row -> row.even().switchesEach()));
    JFreeChart uneven =
        chart(
            "Uneven load: waiting of the quick ones, ms",
            rows,
            new Bars("p50", row -> row.uneven().quickWaitedMillis(50)),
            new Bars("p99", row -> row.uneven().quickWaitedMillis(99)));
    JFreeChart lost =
        chart(
            "Lost with a killed worker",
            rows,
            new Bars("it had begun with them", row -> row.death().begunLost()),
            new Bars("others", row -> row.death().othersLost()));
    inPowersOfTen(waiting);
    inPowersOfTen(cost);
    inPowersOfTen(uneven);
    lost.getCategoryPlot().getRangeAxis().setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    return write(List.of(waiting, cost, uneven, lost));
  }

  private static JFreeChart chart(String title, List<Row> rows, Bars... kinds) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (Bars bars : kinds) {
      for (Row row : rows) {
        data.addValue(bars.of().applyAsDouble(row), bars.name(), row.way().label());
      }
    }
    JFreeChart chart =
        ChartFactory.createBarChart(
            title, null, null, data, PlotOrientation.HORIZONTAL, true, false, false);
    StandardChartTheme plain = new StandardChartTheme("plain");
    plain.setExtraLargeFont(TITLE);
    plain.setLargeFont(TEXT);
    plain.setRegularFont(TEXT);
    plain.apply(chart);
    chart.setBackgroundPaint(Color.WHITE);
    chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
    CategoryPlot plot = chart.getCategoryPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setSeriesPaint(0, BLUE);
    renderer.setSeriesPaint(1, ORANGE);
    plot.setRenderer(renderer);
    return chart;
  }

  /** One millisecond and one second in the same picture. */
  private static void inPowersOfTen(JFreeChart chart) {
    CategoryPlot plot = chart.getCategoryPlot();
    ((BarRenderer) plot.getRenderer()).setBase(LEAST);
    LogAxis axis = new LogAxis();
    axis.setTickLabelFont(TEXT);
    axis.setSmallestValue(LEAST);
    axis.setNumberFormatOverride(new java.text.DecimalFormat("#,##0.###"));
    plot.setRangeAxis(axis);
    axis.setLowerBound(LEAST);
  }

  /** Two beside each other, two below. */
  private static String write(List<JFreeChart> charts) throws IOException {
    VectorGraphics2D canvas = new VectorGraphics2D();
    for (int i = 0; i < charts.size(); i++) {
      int x = i % 2 * WIDTH;
      int y = i / 2 * HEIGHT;
      charts.get(i).draw(canvas, new Rectangle2D.Double(x, y, WIDTH, HEIGHT));
    }
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    PageSize page = new PageSize(2 * WIDTH, 2 * HEIGHT);
    new SVGProcessor().getDocument(canvas.getCommands(), page).writeTo(svg);
    return svg.toString(StandardCharsets.UTF_8);
  }
}
