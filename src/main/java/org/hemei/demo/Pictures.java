package org.hemei.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Plain drawings that stand for photos, each marked 示例. The mark is drawn stroke by stroke, because a server may have
 * no fonts at all.
 */
final class Pictures {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 540;

    /** 示 and 例, as lines on a grid of 24: x1 y1 x2 y2. */
    private static final double[][] MARK = {
        {5, 5, 19, 5}, {2, 11, 22, 11}, {12, 11, 12, 22}, {12, 22, 9, 20}, {7, 14, 3, 20}, {17, 14, 21, 20},
        {33, 2, 28, 11}, {31, 7, 31, 23}, {35, 5, 43, 5}, {38, 5, 35, 13}, {37, 9, 42, 9}, {42, 9, 35, 22},
        {37, 14, 39, 16}, {46, 6, 46, 17}, {51, 3, 51, 22}, {51, 22, 48, 20},
    };

    private final Phrases drawings = Phrases.read("demo/drawings.txt");

    /** A picture of what the topic is about, before or after the repair; nothing where there is no drawing. */
    Optional<byte[]> draw(String topic, boolean mended, int variation) {
        return drawings.find(topic).map(lines -> jpeg(paint(lines, mended, variation)));
    }

    private BufferedImage paint(List<String> lines, boolean mended, int variation) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        var part = "always";
        for (var line : lines) {
            var words = line.split(" ");
            if (words.length == 1) {
                part = words[0];
            } else if (part.equals("always") || part.equals(mended ? "after" : "before")) {
                shape(pen, words);
            }
        }
        light(pen, variation);
        mark(pen);
        pen.dispose();
        return image;
    }

    private static void shape(Graphics2D pen, String[] words) {
        pen.setColor(Color.decode(words[words.length - 1]));
        var n = new double[words.length - 2];
        for (int i = 0; i < n.length; i++) {
            n[i] = Double.parseDouble(words[i + 1]);
        }
        switch (words[0]) {
            case "rect" -> pen.fill(new Rectangle2D.Double(n[0], n[1], n[2], n[3]));
            case "oval" -> pen.fill(new Ellipse2D.Double(n[0], n[1], n[2], n[3]));
            case "line" -> {
                pen.setStroke(new BasicStroke((float) n[4], BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                pen.draw(new Line2D.Double(n[0], n[1], n[2], n[3]));
            }
            default -> throw new IllegalStateException("cannot draw " + words[0]);
        }
    }

    /** Another hour of the day each time, so that no two pictures are the same file. */
    private static void light(Graphics2D pen, int variation) {
        pen.setColor(new Color(30, 30, 60, 8 + variation * 5 % 70));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
    }

    private static void mark(Graphics2D pen) {
        pen.setColor(new Color(255, 255, 255, 225));
        pen.fillRoundRect(WIDTH - 136, HEIGHT - 66, 124, 54, 12, 12);
        pen.setColor(new Color(142, 28, 22));
        pen.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (var line : MARK) {
            double left = WIDTH - 128;
            double top = HEIGHT - 62;
            pen.draw(new Line2D.Double(
                    left + line[0] * 1.9, top + line[1] * 1.9, left + line[2] * 1.9, top + line[3] * 1.9));
        }
    }

    private static byte[] jpeg(BufferedImage image) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
