// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { atExit } from './cleanup.ts';
import {
  addNamespace,
  connect,
  filter,
  type Host,
  inside,
  newPrefix,
  removeNamespacesOf,
  RESOLVER_FOLDER,
  run,
} from './namespaces.ts';

/** A host behind a router that translates addresses. */
export interface NatClient extends Host {
  /** The router's outer address: what everybody else sees. */
  readonly outerAddress: string;
}

/** Packets from a client to somebody who is neither the server nor the other client. */
export interface Stray {
  readonly from: string;
  /** For example `10.81.0.53 udp 53`. */
  readonly to: string;
  readonly packets: number;
}

const SERVER_ADDRESS = '10.81.0.1';
const CLIENTS = [1, 2] as const;

/**
 * A server and two clients, each client behind its own NAT, all in network namespaces.
 *
 *     client 1  10.82.1.2 ── router 1  10.81.0.11 ─┐
 *                                                  ├─ server 10.81.0.1
 *     client 2  10.82.2.2 ── router 2  10.81.0.12 ─┘
 *
 * Nothing leads out of the lab. Each client has a default route (Chromium gathers no candidates
 * without one) and a resolver that nobody answers for, so that anything meant for the outside is
 * sent, counted and lost: see {@link NatLab.strays}. The routers masquerade and drop what nobody
 * inside has asked for, as those at home do.
 */
export class NatLab {
  readonly server: Host;
  readonly clients: readonly [NatClient, NatClient];
  readonly #prefix: string;
  readonly #forget: () => void;
  #isClosed = false;

  private constructor(prefix: string) {
    this.#prefix = prefix;
    this.server = { namespace: `${prefix}-server`, address: SERVER_ADDRESS };
    this.clients = [clientOf(prefix, 1), clientOf(prefix, 2)];
    this.#forget = atExit(() => {
      this.close();
    });
  }

  /** Builds the lab; whatever fails, nothing of it is left behind. Needs root. */
  static build(): NatLab {
    const lab = new NatLab(newPrefix());
    try {
      lab.#buildServer();
      for (const number of CLIENTS) lab.#buildClient(number);
    } catch (failure) {
      lab.close();
      throw failure;
    }
    return lab;
  }

  /** What the clients have sent to anybody else, DNS included, since the lab was built. */
  strays(): readonly Stray[] {
    return this.clients.flatMap((client) => straysOf(client));
  }

  /** From now on the server gets no UDP, so nobody learns an outer address. */
  blockUdpToServer(): void {
    filter(this.server.namespace, BLOCK_UDP);
  }

  /** Ends what still runs in the lab and removes it. Safe to call twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    removeNamespacesOf(this.#prefix);
    this.#forget();
  }

  #buildServer(): void {
    const { namespace } = this.server;
    addNamespace(namespace);
    run('ip', '-n', namespace, 'link', 'add', 'lan', 'type', 'bridge');
    run('ip', '-n', namespace, 'addr', 'add', `${SERVER_ADDRESS}/24`, 'dev', 'lan');
    run('ip', '-n', namespace, 'link', 'set', 'lan', 'up');
  }

  #buildClient(number: (typeof CLIENTS)[number]): void {
    const server = this.server.namespace;
    const router = `${this.#prefix}-router${number}`;
    const client = this.clients[number - 1] ?? this.clients[0];
    const gateway = `10.82.${number}.1`;
    addNamespace(router);
    addNamespace(client.namespace);
    connect(router, 'wan', server, `client${number}`);
    connect(router, 'lan', client.namespace, 'eth0');
    run('ip', '-n', server, 'link', 'set', `client${number}`, 'master', 'lan');
    run('ip', '-n', router, 'addr', 'add', `${client.outerAddress}/24`, 'dev', 'wan');
    run('ip', '-n', router, 'addr', 'add', `${gateway}/24`, 'dev', 'lan');
    run('ip', '-n', router, 'route', 'add', 'default', 'via', SERVER_ADDRESS);
    run('ip', '-n', client.namespace, 'addr', 'add', `${client.address}/24`, 'dev', 'eth0');
    run('ip', '-n', client.namespace, 'route', 'add', 'default', 'via', gateway);
    inside(router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    filter(router, ROUTER_RULES);
    filter(client.namespace, countStrays(this.server, this.clients));
    mkdirSync(join(RESOLVER_FOLDER, client.namespace), { recursive: true });
    writeFileSync(
      join(RESOLVER_FOLDER, client.namespace, 'resolv.conf'),
      'nameserver 10.81.0.53\noptions timeout:1 attempts:1\n',
    );
  }
}

// An unasked packet is dropped in the input hook: there it leaves no trace that would later make
// the router translate to another port and spoil the hole that the peers are punching.
const ROUTER_RULES = `
table ip noom {
  chain translate {
    type nat hook postrouting priority 100
    oifname "wan" masquerade
  }
  chain unasked {
    type filter hook input priority 0
    iifname "wan" ct state new drop
  }
}
`;

const BLOCK_UDP = `
table ip noom {
  chain blocked {
    type filter hook input priority 0
    meta l4proto udp drop
  }
}
`;

function countStrays(server: Host, clients: readonly NatClient[]): string {
  const friends = [server.address, ...clients.flatMap((c) => [c.address, c.outerAddress])];
  return `
table ip noom {
  set strays {
    type ipv4_addr . inet_proto . inet_service
    flags dynamic
    size 1024
    counter
  }
  chain sent {
    type filter hook output priority 0
    ip daddr { ${friends.join(', ')} } accept
    oifname "lo" meta l4proto { tcp, udp } th dport != 53 accept
    meta l4proto { tcp, udp } add @strays { ip daddr . meta l4proto . th dport }
  }
}
`;
}

function straysOf(client: Host): Stray[] {
  const listed = JSON.parse(
    inside(client.namespace, 'nft', '-j', 'list', 'set', 'ip', 'noom', 'strays'),
  ) as { nftables: { set?: { elem?: StrayElement[] } }[] };
  return listed.nftables
    .flatMap((part) => part.set?.elem ?? [])
    .map(({ elem }) => ({
      from: client.address,
      to: elem.val.concat.join(' '),
      packets: elem.counter.packets,
    }));
}

interface StrayElement {
  readonly elem: {
    readonly val: { readonly concat: readonly (string | number)[] };
    readonly counter: { readonly packets: number };
  };
}

function clientOf(prefix: string, number: (typeof CLIENTS)[number]): NatClient {
  return {
    namespace: `${prefix}-client${number}`,
    address: `10.82.${number}.2`,
    outerAddress: `10.81.0.1${number}`,
  };
}
