# The image of an executor: the commands of Faultline, without Flink's cluster.
#   mvn -DskipTests package && docker build -f k8s/executor.Dockerfile -t faultline-executor:0.1.0 .
FROM eclipse-temurin:17-jre

COPY target/faultline /opt/faultline

USER 9999
ENTRYPOINT ["/opt/faultline/bin/faultline"]
