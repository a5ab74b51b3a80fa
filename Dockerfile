# The production image: compiled JavaScript on plain Node, no development packages, not root.
#   docker build -t naravard .
FROM node:24-bookworm-slim AS build
WORKDIR /naravard
COPY . .
# The second install leaves what the service itself needs: 50 MB, no embedded database, no test tools.
RUN npm ci --no-audit --no-fund \
  && npx tsc -b services/all-in-one \
  && npm run build:web \
  && npm ci --omit=dev --omit=optional --workspace=services/all-in-one --no-audit --no-fund \
  && find libs services -name '*.tsbuildinfo' -delete

FROM node:24-bookworm-slim
ENV MODE=production PORT=8080 HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /naravard
COPY --from=build /naravard/package.json ./
COPY --from=build /naravard/node_modules node_modules
COPY --from=build /naravard/libs libs
COPY --from=build /naravard/services services
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# SIGTERM drains: requests that run are finished first.
STOPSIGNAL SIGTERM
CMD ["node", "services/all-in-one/dist/main.js"]
