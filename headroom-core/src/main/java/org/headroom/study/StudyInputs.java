package org.headroom.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.headroom.dispatch.DayProblem;
import org.headroom.household.DemandSource;
import org.headroom.household.HouseholdModel;
import org.headroom.household.MeasuredProfiles;
import org.headroom.household.PvgisYear;
import org.headroom.household.Tariff;
import org.headroom.input.Document;
import org.headroom.input.InputException;
import org.headroom.mobility.GuzzleHomeShares;
import org.headroom.mobility.MeasuredWeeks;
import org.headroom.mobility.MobilityParameterFile;
import org.headroom.network.AssetValues;
import org.headroom.network.Network;
import org.headroom.network.Node;
import org.headroom.network.format.NetworkJson;
import org.headroom.similar.generate.Refusals;
import org.headroom.study.TrialResult.TrialKey;
import org.jspecify.annotations.Nullable;

/** Everything a study names, read and drawn: networks with their homes and transformers, tariff, mobility. */
public final class StudyInputs {
    private final Study study;
    private final List<String> importRemarks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Community> communities;
    private final Trials trials;
    private final @Nullable Refusals refusals;

    /**
     * Reads what the study names.
     *
     * @throws InputException where an input is at fault
     */
    public StudyInputs(Study study) {
        this.study = study;
        HouseholdModel homes = householdModel(study);
        StudyNetworks.Networks networks = StudyNetworks.of(study);
        this.refusals = networks.refusals();
        notes.addAll(networks.notes());
        List<StudyNetworks.Input> inputs = networks.inputs();
        inputs.forEach(input -> importRemarks.addAll(input.remarks()));
        Tariff tariff = tariff(study);
        if (!tariff.ignoredColumns().isEmpty()) {
            notes.add("tariff %s: columns not used: %s"
                    .formatted(tariff.name(), String.join(", ", tariff.ignoredColumns())));
        }
        var mobility = study.cars().changes().applyTo(MobilityParameterFile.load(study.mobility()));
        if (mobility.efficiency() != study.dispatch().efficiency()) {
            throw new InputException(
                    "dispatch.efficiency is %s, but mobility %s charges with an efficiency of %s: cars could not leave as they must.\nMaybe dispatch: { efficiency: %s }."
                            .formatted(
                                    study.dispatch().efficiency(),
                                    study.mobility(),
                                    mobility.efficiency(),
                                    mobility.efficiency()));
        }
        double reserveShare = study.dispatch().reserveShare();
        if (reserveShare > mobility.targetSoc()) {
            throw new InputException(
                    "dispatch.reserveShare is %s, expected 0 to %s, the targetSoc of mobility %s: a reserve above the target would keep every car from discharging."
                            .formatted(reserveShare, mobility.targetSoc(), study.mobility()));
        }
        List<Community> drawn = new ArrayList<>();
        for (int n = 0; n < study.draws(); n++) {
            drawn.add(new Community(study, n, inputs.get(n % inputs.size()).network(), homes));
        }
        checkLots(study.cars().parking(), drawn);
        notes.add(
                "Availability: unexpected trips are asked of every car plugged in, at the start of every step, %s, and are covered if the car can make them before its battery is empty."
                        .formatted(study.cars().unexpectedTrips().inWords()));
        MeasuredSource source = study.cars().findMeasured();
        List<MeasuredWeeks> measured = source == null ? List.of() : source.read(study, notes);
        GuzzleHomeShares homeShares = GuzzleHomeShares.of(mobility);
        this.communities = withTransformers(
                drawn, inputs, homes, new Trials(study, drawn, tariff, mobility, homeShares, measured));
        this.trials = new Trials(study, communities, tariff, mobility, homeShares, measured);
    }

    /**
     * The tariff that a study names.
     *
     * @throws InputException where there is none
     */
    static Tariff tariff(Study study) {
        return study.tariff().endsWith(".csv")
                ? Tariff.read(Path.of(study.tariff()), study.steps())
                : Tariff.named(study.tariff(), study.steps());
    }

    /** What of the networks' files was ignored or approximated, one sentence each. */
    List<String> importRemarks() {
        return List.copyOf(importRemarks);
    }

    /** What was chosen by default on the way in, one sentence each. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    List<Community> communities() {
        return communities;
    }

    Community community(int network) {
        return communities.get(network);
    }

    /** What the gates refused, where networks were generated; else null. */
    @Nullable
    Refusals findRefusals() {
        return refusals;
    }

    Trials trials() {
        return trials;
    }

    /**
     * The problem of one day of the study, the same for every mode.
     *
     * @param network index of the network among the study's draws, from 0
     * @param scenario name of the scenario
     * @param day index of the day among the study's days, from 0
     */
    public DayProblem problem(int network, String scenario, int day) {
        List<String> names = study.scenarios().stream().map(Scenario::name).toList();
        if (!names.contains(scenario)) {
            String nearest = Document.findNearest(scenario, names);
            throw new InputException("scenario '%s' is not in the study, expected one of %s.%s"
                    .formatted(scenario, String.join(", ", names), nearest == null ? "" : "\nMaybe " + nearest + "."));
        }
        checkIndex("network", network, communities.size());
        checkIndex("day", day, study.calendar().days().size());
        return trials.problem(new TrialKey(network, names.indexOf(scenario), day));
    }

    private static void checkIndex(String what, int index, int count) {
        if (index < 0 || index >= count) {
            throw new InputException("%s is %d, expected 0 to %d.".formatted(what, index, count - 1));
        }
    }

    /** Refuses a lot at a node that no network has; tells what public lots are taken to be. */
    private void checkLots(ParkingPlan plan, List<Community> drawn) {
        for (String name : plan.nodes()) {
            if (drawn.stream().allMatch(community -> community.network().findNode(name) == null)) {
                List<String> known = drawn.getFirst().network().nodes().stream()
                        .map(Node::id)
                        .limit(5000)
                        .toList();
                String nearest = Document.findNearest(name, known);
                throw new InputException("parking.nodes names '%s', which is a node of no network.%s"
                        .formatted(name, nearest == null ? "" : "\nMaybe " + nearest + "."));
            }
        }
        int lots = drawn.stream().mapToInt(community -> community.lots().size()).sum();
        if (lots > 0) {
            notes.add(
                    "Public parking: %d lot(s) over %d network(s), chargers of %s kW in every scenario. Their cars live outside the homes studied, charge at their lot alone, and meet the same days in every scenario and mode; a lot pays its own bill but for V-V2V, where it shares with the homes."
                            .formatted(lots, drawn.size(), plan.charger_kW()));
        }
    }

    private static HouseholdModel householdModel(Study study) {
        HouseholdModel model = HouseholdModel.BRITISH
                .withPvShare(study.pvShare())
                .withDemand(DemandSource.Typical.BRITISH.withMeanAnnual_kWh(study.annualDemand_kWh()));
        Path demand = study.findDemand();
        if (demand != null) {
            model = model.withDemand(DemandSource.Measured.of(MeasuredProfiles.read(demand)));
        }
        Path pv = study.findPv();
        return pv == null ? model : model.withPv(PvgisYear.read(pv));
    }

    /** Gives networks with placeholder ratings the transformer that their own peak of immediate charging asks for. */
    private List<Community> withTransformers(
            List<Community> drawn, List<StudyNetworks.Input> inputs, HouseholdModel homes, Trials unsized) {
        double[] peak_kVA = new double[inputs.size()];
        for (TrialKey key : unsized.keys()) {
            int input = key.network() % inputs.size();
            if (!inputs.get(input).transformerKnown()) {
                peak_kVA[input] = Math.max(peak_kVA[input], unsized.immediatePeak_kVA(key));
            }
        }
        List<Network> networks = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Network network = inputs.get(i).network();
            if (!inputs.get(i).transformerKnown()) {
                double chosen_kVA = StudyNetworks.standardSize_kVA(peak_kVA[i]);
                notes.add(StudyNetworks.sizingNote(network, peak_kVA[i], chosen_kVA));
                network = StudyNetworks.withTransformer(network, chosen_kVA);
            }
            AssetValues values = study.findAssetValues();
            networks.add(values == null ? network : values.of(network));
        }
        List<Community> sized = new ArrayList<>();
        for (int n = 0; n < drawn.size(); n++) {
            sized.add(drawn.get(n).on(study, networks.get(n % networks.size()), homes));
        }
        return sized;
    }

    /** Hash of every input that the trials depend on, by name. */
    Map<String, String> hashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        if (study.similar()) {
            MessageDigest all = sha256();
            for (Community community : communities) {
                all.update(NetworkJson.text(community.network()).getBytes(StandardCharsets.UTF_8));
            }
            hashes.put("generated networks", HexFormat.of().formatHex(all.digest()));
        }
        for (int i = 0; i < (study.similar() ? 0 : study.networks().size()); i++) {
            hashes.put(
                    "network " + communities.get(i).network().name() + " #" + i,
                    sha256(NetworkJson.text(communities.get(i).network()).getBytes(StandardCharsets.UTF_8)));
        }
        List<Path> files = new ArrayList<>();
        Path demand = study.findDemand();
        Path pv = study.findPv();
        if (demand != null) {
            files.add(demand);
        }
        if (pv != null) {
            files.add(pv);
        }
        if (study.tariff().endsWith(".csv")) {
            files.add(Path.of(study.tariff()));
        }
        if (Files.isRegularFile(Path.of(study.mobility()))) {
            files.add(Path.of(study.mobility()));
        }
        MeasuredSource measured = study.cars().findMeasured();
        if (measured != null) {
            files.addAll(measured.files());
        }
        for (Path file : files) {
            try {
                hashes.put("file " + file, sha256(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return hashes;
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
