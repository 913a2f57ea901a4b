package org.headroom.household;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.time.Season;

/**
 * A year of hourly photovoltaic output from a PVGIS file, per kWp.
 *
 * <p>The file is what PVGIS gives for "hourly data" with PV power in JSON: {@code outputs.hourly[].P} in W at UTC hours, and
 * {@code inputs.pv_module.peak_power} in kWp. It must hold one whole calendar year.
 */
public final class PvgisYear implements PvSource {
    private final Map<Season, double[][]> hourly_kWPerKWp;

    private PvgisYear(Map<Season, double[][]> hourly_kWPerKWp) {
        this.hourly_kWPerKWp = hourly_kWPerKWp;
    }

    public static PvgisYear read(Path file) {
        Document document = Document.read(file);
        double peak_kW = document.object("inputs").object("pv_module").number("peak_power", 1e-6, 1e9);
        List<Document> hours = document.object("outputs").objects("hourly");
        if (hours.size() != 365 * 24 && hours.size() != 366 * 24) {
            throw InputException.in(
                    file,
                    "outputs.hourly has %d entries, expected the 8760 (or 8784) hours of one year.\nMaybe ask PVGIS for a single year."
                            .formatted(hours.size()));
        }
        double[] year_kWPerKWp = new double[hours.size()];
        LocalDate first = hour(hours.getFirst(), file).date();
        for (int i = 0; i < year_kWPerKWp.length; i++) {
            Document entry = hours.get(i);
            Hour hour = hour(entry, file);
            if (first.getDayOfYear() != 1
                    || hour.hour() != i % 24
                    || !hour.date().equals(first.plusDays(i / 24))) {
                throw InputException.in(
                        file,
                        "outputs.hourly[%d] is at %s, expected hour %d of %s.\nMaybe an hour is missing, or the file does not begin on 1 January."
                                .formatted(
                                        i,
                                        entry.text("time"),
                                        i % 24,
                                        first.withDayOfYear(1).plusDays(i / 24)));
            }
            year_kWPerKWp[i] = entry.number("P", 0, 2000 * peak_kW) / 1000 / peak_kW;
        }
        return new PvgisYear(bySeason(first, year_kWPerKWp));
    }

    private record Hour(LocalDate date, int hour) {}

    private static Hour hour(Document entry, Path file) {
        String time = entry.text("time");
        try {
            LocalDate date =
                    LocalDate.parse(time.substring(0, Math.min(8, time.length())), DateTimeFormatter.BASIC_ISO_DATE);
            return new Hour(date, Integer.parseInt(time.substring(9, 11)));
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new InputException(
                    "%s: time is '%s', expected such as 20190101:0010.\nMaybe it is not a PVGIS file of hourly data."
                            .formatted(file, time),
                    e);
        }
    }

    /** Days of clock time by season, from the season's first date on (winter's across the new year). */
    private static Map<Season, double[][]> bySeason(LocalDate first, double[] year_kWPerKWp) {
        Map<Season, List<double[]>> days = new EnumMap<>(Season.class);
        int count = year_kWPerKWp.length / 24;
        int start = MonthDay.of(10, 28).atYear(first.getYear()).getDayOfYear() - 1;
        for (int i = 0; i < count; i++) {
            int day = (start + i) % count;
            Season season = Season.of(MonthDay.from(first.plusDays(day)));
            double[] hourly = new double[24];
            for (int hour = 0; hour < 24; hour++) {
                int utc = day * 24 + hour - SolarShape.summerTime_h(season);
                hourly[hour] = year_kWPerKWp[Math.floorMod(utc, year_kWPerKWp.length)];
            }
            days.computeIfAbsent(season, key -> new ArrayList<>()).add(hourly);
        }
        Map<Season, double[][]> bySeason = new EnumMap<>(Season.class);
        days.forEach((season, list) -> bySeason.put(season, list.toArray(double[][]::new)));
        return bySeason;
    }

    /** Days of the year that belong to a season. */
    public int dayCount(Season season) {
        return ofSeason(season).length;
    }

    /** Output of 1 kWp in an hour of clock time, kW; days count from the season's first date and wrap. */
    public double output_kWPerKWp(Season season, int day, int hour) {
        return hourly_kWPerKWp(season, day)[hour];
    }

    double[] hourly_kWPerKWp(Season season, int day) {
        return ofSeason(season)[day % dayCount(season)];
    }

    private double[][] ofSeason(Season season) {
        double[][] days = hourly_kWPerKWp.get(season);
        if (days == null) {
            throw new IllegalStateException("no day of " + season);
        }
        return days;
    }
}
