package io.faultline.cli.simulate;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.simulate.FaultName.Strikes;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes one simulated cluster's logs and the labels of what was planted in them. */
public final class Simulation {

    public static final String LABELS = "labels.ndjson";

    /** What {@code collect.enrich.inventory} takes. */
    public static final String INVENTORY = "inventory.yaml";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Scene scene;
    private final FaultPlan plan;
    private final Path directory;
    private final List<LogFile.Written> written = new ArrayList<>();
    private final List<ReplicaShape> replicas = new ArrayList<>();

    private Simulation(SimulationSettings settings, Path directory) {
        this.scene = new Scene(settings);
        this.plan = new FaultPlan(scene, settings.faults());
        this.directory = directory;
    }

    /**
     * Writes {@code directory/*.log}, {@code directory/labels.ndjson} and {@code directory/inventory.yaml}, over what is there under these names. All
     * files get the simulation's end as their time of modification, so that lines without a year can be dated.
     *
     * @throws IOException if the directory can not be made or written to
     */
    public static SimulationResult write(SimulationSettings settings, Path directory) throws IOException {
        Files.createDirectories(directory);
        return new Simulation(settings, directory).run();
    }

    private SimulationResult run() throws IOException {
        training();
        fineTuning();
        serving();
        machines();
        // last, because the training faults have left their traces in the kernels' logs
        for (KernelLog kernel : scene.kernels()) {
            keep(kernel.run());
        }
        List<FaultLabel> labels = scene.labels();
        label(labels);
        inventory();
        written.sort(Comparator.comparing(LogFile.Written::path));
        return new SimulationResult(
                written.stream().map(LogFile.Written::path).toList(),
                written.stream().mapToLong(LogFile.Written::lines).sum(),
                written.stream().mapToLong(LogFile.Written::bytes).sum(),
                labels);
    }

    private void training() throws IOException {
        List<List<MegatronJob.Appointment>> jobs = plan.jobs();
        for (int i = 0; i < jobs.size(); i++) {
            MegatronJob job = i == 0
                    ? new MegatronJob(scene, JobShape.LLM, scene.cluster().largeJob())
                    : new MegatronJob(
                            scene, JobShape.small(i - 1), scene.cluster().smallJob(i - 1));
            keep(job.run(jobs.get(i)));
        }
    }

    private void fineTuning() throws IOException {
        boolean oom = plan.plants(FaultName.CUDA_OOM);
        long at = plan.oomAt();
        keep(new TrainerJob(scene).run(oom ? Optional.of(new CudaOom()) : Optional.empty(), at));
    }

    private void serving() throws IOException {
        for (ReplicaShape shape : List.of(ReplicaShape.CHAT_0, ReplicaShape.CHAT_1, ReplicaShape.CODE_0)) {
            replicas.add(shape);
            VllmReplica replica = new VllmReplica(scene, shape);
            if (shape.equals(ReplicaShape.CHAT_1) && plan.plants(FaultName.INFERENCE_STALL)) {
                long at = plan.moment(InferenceStall.lasts(scene.minutes()) + 60_000);
                new InferenceStall().strike(replica, at, scene.minutes());
            }
            keep(replica.run());
        }
        int number = 2;
        for (FaultName fault : plan.striking(Strikes.REPLICA)) {
            ReplicaShape shape = ReplicaShape.CHAT_1.named("chat-" + number++);
            replicas.add(shape);
            VllmReplica replica = new VllmReplica(scene, shape);
            replica.trouble(new ReplicaTrouble(fault, plan.moment(ReplicaTrouble.lasts(fault))));
            keep(replica.run());
        }
        keep(new LegacyReplica(scene).run());
        keep(new GatewayLog(scene).run());
        for (FaultName fault : plan.striking(Strikes.OTHER_ENGINE)) {
            keep(new OtherEngine(scene, fault).run(plan.moment(OtherEngine.LASTS)));
        }
    }

    private void machines() throws IOException {
        for (FaultName fault : plan.striking(Strikes.NODE)) {
            new NodeTrouble(scene, fault).strike(plan.moment(NodeTrouble.LASTS));
        }
        if (plan.plants(FaultName.DRIVER_ROLLOUT)) {
            new DriverRollout(scene).strike(plan.moment(DriverRollout.LASTS));
        }
        for (GpuMonitor monitor : scene.monitors()) {
            keep(monitor.run());
        }
        List<FaultName> ofKubernetes = plan.striking(Strikes.KUBERNETES);
        if (!ofKubernetes.isEmpty()) {
            KubernetesEvents events = new KubernetesEvents(scene);
            for (FaultName fault : ofKubernetes) {
                events.strike(fault, plan.moment(KubernetesEvents.LASTS));
            }
            keep(events.run());
        }
    }

    private void inventory() throws IOException {
        Path path = directory.resolve(INVENTORY);
        Files.writeString(path, InventoryFile.text(scene, plan.jobs().size(), replicas));
        Files.setLastModifiedTime(path, FileTime.fromMillis(scene.end()));
    }

    private void keep(LogFile file) throws IOException {
        written.add(file.write(directory, scene.end()));
    }

    private void label(List<FaultLabel> labels) throws IOException {
        Path path = directory.resolve(LABELS);
        try (BufferedWriter writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8)) {
            for (FaultLabel label : labels) {
                writer.write(JSON.writeValueAsString(label));
                writer.write('\n');
            }
        }
        Files.setLastModifiedTime(path, FileTime.fromMillis(scene.end()));
    }
}
