// SPDX-License-Identifier: Apache-2.0
import { Component, type ComponentChildren } from 'preact';
import { Icon } from './Icon';

/** A part of the page that stopped says so and can be started again; the rest goes on. */
export class ErrorBoundary extends Component<
  { text: string; restart: string; children: ComponentChildren },
  { failed: boolean }
> {
  override state = { failed: false };

  static override getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error('part of the page stopped', error);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <section class="panel panel--stopped" role="alert">
        <Icon name="warning" />
        <p>{this.props.text}</p>
        <button type="button" class="btn" onClick={() => this.setState({ failed: false })}>
          {this.props.restart}
        </button>
      </section>
    );
  }
}
